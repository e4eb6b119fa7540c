/** What FOCUS file to write; version "" leaves the charges as they are held. */
export type FocusOptions = {
  format: 'focus-csv' | 'focus-parquet';
  version: '' | '1.0' | '1.2';
};

/** A file that was written; path "" when the person cancelled. */
export type FocusExport = {
  path: string;
  lines: number;
  gaps: FocusGap[];
};

/** A column that lacks values which the specification wants: the bills do not say it, or say something FOCUS does not allow. */
export type FocusGap = {
  column: string;
  reason: 'unknown' | 'unreadable';
  lines: number;
};
