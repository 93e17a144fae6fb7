"""Questions before a panel, checks of answers, and the source that ran."""
