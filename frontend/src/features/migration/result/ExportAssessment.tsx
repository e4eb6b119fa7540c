import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useId, useState } from 'react';

import type { MigrationFormat, MigrationPart } from '../../../lib/wire';
import { useExportAssessment } from '../queries';

const tables: { part: MigrationPart; label: string }[] = [
  { part: 'providers', label: 'Comparison and costs' },
  { part: 'workloads', label: 'Workloads' },
  { part: 'cash-flow', label: 'Cash flow' },
  { part: 'scores', label: 'Scores' },
  { part: 'ranges', label: 'What matters most' },
  { part: 'tasks', label: 'Tasks' },
];

const formats: { part: MigrationPart; format: MigrationFormat; label: string }[] = [
  ...tables.flatMap(({ part, label }) => [
    { part, format: 'xlsx' as const, label: `${label}, Excel workbook` },
    { part, format: 'csv' as const, label: `${label}, CSV file` },
  ]),
  { part: 'tasks', format: 'project', label: 'Plan, Microsoft Project XML' },
  { part: 'tasks', format: 'calendar', label: 'Plan, calendar (ICS)' },
];

/** Saves a table of what the assessment came to, or its plan, as a file. */
export function ExportAssessment({ name, disabled }: { name: string; disabled: boolean }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const id = useId();
  const save = useExportAssessment(name);
  return (
    <>
      <Button id={id} variant="outlined" startIcon={<FileDownloadOutlined />} aria-haspopup="menu" aria-expanded={anchor !== null} disabled={disabled} loading={save.isPending} onClick={(event) => setAnchor(event.currentTarget)}>
        Export
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ list: { 'aria-labelledby': id } }}>
        {formats.map(({ part, format, label }) => (
          <MenuItem
            key={label}
            onClick={() => {
              setAnchor(null);
              save.mutate({ part, format });
            }}
          >
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
