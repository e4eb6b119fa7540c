import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import Button, { type ButtonProps } from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useId, useState } from 'react';
import type { TableFormat } from '../lib/wire';


type ExportMenuProps = {
  label?: string;
  /** What is exported, where a page has several tables. */
  of?: string;
  variant?: ButtonProps['variant'];
  disabled?: boolean;
  pending?: boolean;
  sx?: ButtonProps['sx'];
  onExport: (format: TableFormat) => void;
};

const formats: { format: TableFormat; label: string }[] = [
  { format: 'xlsx', label: 'Excel workbook' },
  { format: 'csv', label: 'CSV file' },
];

/** The button that saves a table as a file. */
export function ExportMenu({ label = 'Export', of, variant = 'outlined', disabled = false, pending = false, sx, onExport }: ExportMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const id = useId();
  const choose = (format: TableFormat) => {
    setAnchor(null);
    onExport(format);
  };
  return (
    <>
      <Button
        id={id}
        variant={variant}
        startIcon={<FileDownloadOutlined />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={of === undefined ? undefined : `${label}: ${of}`}
        disabled={disabled}
        loading={pending}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={sx}
      >
        {label}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ list: { 'aria-labelledby': id } }}>
        {formats.map(({ format, label: name }) => (
          <MenuItem key={format} onClick={() => choose(format)}>
            {name}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
