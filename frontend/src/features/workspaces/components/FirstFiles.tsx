import UploadFileIcon from '@mui/icons-material/UploadFile';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

type FirstFilesProps = { onChoose: () => void; onNew: () => void };

/** The first thing to do: hand over the bills of a client. Files may be dropped anywhere on the window. */
export function FirstFiles({ onChoose, onNew }: FirstFilesProps) {
  return (
    <Box sx={{ border: '1.5px dashed', borderColor: 'text.disabled', borderRadius: '12px', bgcolor: 'background.paper', px: 3, py: 3.5, display: 'flex', flexDirection: 'column', alignItems: 'center', textAlign: 'center', gap: 0.75 }}>
      <UploadFileIcon aria-hidden sx={{ fontSize: 30, color: 'primary.main' }} />
      <Typography variant="h2" sx={{ fontSize: '1rem' }}>
        Drop billing files here
      </Typography>
      <Typography sx={{ color: 'text.secondary', maxWidth: 460 }}>AWS, Azure, Google Cloud and Oracle exports, FOCUS files, or any CSV with costs. You see what they contain before anything is imported.</Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: 1, mt: 1 }}>
        <Button variant="contained" onClick={onChoose}>
          Choose billing files…
        </Button>
        <Button variant="outlined" onClick={onNew}>
          New client workspace
        </Button>
      </Box>
    </Box>
  );
}
