"""How it is measured: functions measure_* that take settings and return a measurement. No matplotlib."""
