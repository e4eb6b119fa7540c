import ContentCopy from '@mui/icons-material/ContentCopy';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';

import { writeClipboard } from '../../../ui/DataTable/clipboard';
import { useToast } from '../../../ui/toast';
import { shortHash } from '../model';

/** The beginning of a file's hash, and the whole of it on the clipboard. */
export function HashCopy({ sha256 }: { sha256: string }) {
  const toast = useToast();
  const handleCopy = async () => {
    const copied = await writeClipboard(sha256);
    toast(copied ? { text: 'Copied the hash.' } : { text: 'The system refused the clipboard. Try again.', tone: 'error' });
  };
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.25 }}>
      <Box component="code" title={sha256} sx={{ fontSize: '0.75rem' }}>
        {shortHash(sha256)}
      </Box>
      <IconButton size="small" aria-label={`Copy the hash ${shortHash(sha256)}…`} onClick={() => void handleCopy()} sx={{ p: '4px' }}>
        <ContentCopy sx={{ fontSize: 13 }} />
      </IconButton>
    </Box>
  );
}
