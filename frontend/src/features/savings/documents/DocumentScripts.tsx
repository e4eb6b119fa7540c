import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import type { DocumentPackInfo } from '../../../lib/wire';
import { useSaveText } from '../../../parts/useSaveText';
import { QueryView } from '../../../ui/QueryView';
import { Segmented } from '../../../ui/Segmented';
import { CopyText } from '../../../ui/CopyText';
import { useDocumentPacks } from './queries';

/** The kinds of one provider: what each says and holds, and its own commands. */
function Kinds({ pack }: { pack: DocumentPackInfo }) {
  return (
    <Box component="ul" sx={{ m: 0, mt: 1, pl: 2.25, display: 'grid', gap: 0.75 }}>
      {pack.kinds.map(({ kind, title, decides, contains }) => (
        <li key={kind}>
          <Typography component="span" sx={{ fontWeight: 550 }}>
            {title}
          </Typography>
          <Typography component="span">, which says {decides}.</Typography>
          <Typography sx={{ color: 'text.secondary' }}>{contains}</Typography>
        </li>
      ))}
    </Box>
  );
}

function Packs({ packs }: { packs: DocumentPackInfo[] }) {
  const saveText = useSaveText();
  const [provider, setProvider] = useState(packs[0]?.provider ?? '');
  const pack = packs.find((one) => one.provider === provider);
  if (!pack) return null;
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Segmented label="Provider" value={provider} choices={packs.map((one) => ({ value: one.provider, label: one.provider }))} onChange={setProvider} />
        <Button variant="outlined" sx={{ ml: 'auto' }} loading={saveText.isPending} onClick={() => saveText.mutate({ name: pack.file, text: pack.script })}>
          Save {pack.file}
        </Button>
      </Box>
      <Kinds pack={pack} />
      <CopyText label={`Script for ${pack.provider}`} text={pack.script} />
    </>
  );
}

/** The scripts with which a client makes documents; they only read. */
export function DocumentScripts() {
  const packs = useDocumentPacks();
  return (
    <Box component="section" aria-label="Ask the client" sx={{ mt: 3 }}>
      <Typography variant="h3" sx={{ fontSize: '0.8125rem', fontWeight: 600, mb: 0.5 }}>
        Ask the client
      </Typography>
      <Typography sx={{ color: 'text.secondary', mb: 1 }}>The client runs a script in the cloud shell of the provider and sends you the folder that it writes. It only reads, and changes nothing.</Typography>
      <QueryView query={packs} what="the scripts" errorTitle="The scripts could not be read" skeleton={<Box sx={{ height: 240 }} />}>
        {(list) => <Packs packs={list} />}
      </QueryView>
    </Box>
  );
}
