-- Alerts that a person has read: what is raised is never changed.
CREATE TABLE alert_read (
    alert_id INTEGER PRIMARY KEY,
    read_at  TEXT NOT NULL,
    read_by  TEXT NOT NULL
) STRICT;
