import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';

/** Something that can be done with a cell. */
export type CellAction = { label: string; run: () => void };

export type MenuPlace = { left: number; top: number };

/** What can be done with the cell under the pointer or the keyboard. */
export function CellMenu({ place, groups, onClose }: { place: MenuPlace | null; groups: CellAction[][]; onClose: () => void }) {
  const shown = groups.filter((group) => group.length > 0);
  return (
    <Menu open={place !== null} onClose={onClose} anchorReference="anchorPosition" anchorPosition={place ?? { left: 0, top: 0 }} slotProps={{ paper: { sx: { minWidth: 220, maxWidth: 420 } }, list: { 'aria-label': 'Actions for the cell' } }}>
      {shown.flatMap((group, at) => [
        ...(at > 0 ? [<Divider key={`line ${at}`} />] : []),
        ...group.map(({ label, run }) => (
          <MenuItem
            key={label}
            onClick={() => {
              onClose();
              run();
            }}
            sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}
          >
            {label}
          </MenuItem>
        )),
      ])}
    </Menu>
  );
}
