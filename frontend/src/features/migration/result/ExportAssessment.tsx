import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useId, useState } from 'react';

import type { MigrationFormat } from '../../../lib/wire';
import { useExportAssessment } from '../queries';

const formats: { format: MigrationFormat; label: string }[] = [
  { format: 'xlsx', label: 'Workloads, Excel workbook' },
  { format: 'csv', label: 'Workloads, CSV file' },
  { format: 'project', label: 'Plan, Microsoft Project XML' },
  { format: 'calendar', label: 'Plan, calendar (ICS)' },
];

/** Saves what the assessment came to, or its plan, as a file. */
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
        {formats.map(({ format, label }) => (
          <MenuItem
            key={format}
            onClick={() => {
              setAnchor(null);
              save.mutate(format);
            }}
          >
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
