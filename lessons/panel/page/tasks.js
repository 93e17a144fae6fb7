// The card with the panel's tasks, and the veil over a picture that is to be predicted first.

/** One line: which task, its goal, Set up, whether it is done, and the way to the others. */
function makeCard(tasks, go) {
  const button = (text, label, step) => {
    const made = make("button", { type: "button", textContent: text, "aria-label": label });
    made.addEventListener("click", () => go(shown + step));
    return made;
  };
  const [place, goal, why] = ["place", "goal", "why"].map(name => make("span", { className: `explorer-task-${name}` }));
  const mark = make("span", { className: "explorer-task-mark", role: "img" });
  const [before, setUp, after] = [button("‹", "Previous task", -1), button("Set up", "Set up this task", 0), button("›", "Next task", 1)];
  const needs = make("a", { className: "explorer-task-needs", textContent: "Needs a kernel: run the notebook." }); // on a page without one
  const told = make("p", { className: "explorer-said", role: "status" });
  const node = make("div", { className: "explorer-task", role: "group", "aria-label": "Task" }, place, goal, setUp, mark, before, after, needs, why, told);
  let shown, wasDone;
  return {
    node,
    show({ number, done }) {
      const { goal: words, explanation, needs: where } = tasks[number];
      const isDone = done[number];
      place.textContent = `${number + 1} of ${tasks.length}`;
      goal.textContent = words;
      why.textContent = isDone ? explanation : "";
      mark.textContent = isDone ? "✓" : "○";
      mark.setAttribute("aria-label", isDone ? "reached" : "not reached yet");
      node.classList.toggle("explorer-done", isDone);
      needs.hidden = !where;
      setUp.hidden = mark.hidden = Boolean(where);
      if (where) needs.href = where;
      before.disabled = number === 0;
      after.disabled = number === tasks.length - 1;
      // Read out when it happens, not when the panel comes into the page or the learner turns to a task that is done.
      if (shown === number && wasDone === false && isDone) told.textContent = `Reached. ${explanation}`;
      if (!isDone) told.textContent = "";
      [shown, wasDone] = [number, isDone];
    },
  };
}

/** Lies over picture and sentence until the prediction is made, or until the learner has had enough of waiting. */
function makeVeil(unveil) {
  const button = make("button", { type: "button", textContent: "Show me anyway" });
  button.addEventListener("click", unveil);
  return make("div", { className: "explorer-veil" }, make("p", { textContent: "First choose an answer above." }), button);
}
