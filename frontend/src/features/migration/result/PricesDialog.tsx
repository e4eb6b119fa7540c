import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import { formatDay } from '../../../lib/days';
import { formatCount } from '../../../lib/money';
import { ExportTable } from '../../../parts/ExportTable';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { FigureTable } from '../../../ui/FigureTable';
import { QueryView } from '../../../ui/QueryView';
import { priceKinds } from '../model/labels';
import { providerName } from '../model/result';
import { type PricedRegion, pricedRegions, pricesTable } from '../model/tables';
import { usePrices, useRefreshPrices, useResetPrices } from '../queries';

type PricesDialogProps = { name: string; onClose: () => void; /** Makes the assessment again with the prices that were read. */ onAssess: () => void };

/** Reads what the providers list today, when the person asks for it here and at no other time. */
export function PricesDialog({ name, onClose, onAssess }: PricesDialogProps) {
  const titleId = useId();
  const prices = usePrices(name);
  const refresh = useRefreshPrices(name);
  const reset = useResetPrices();
  const readOnly = useReadOnly();
  const [key, setKey] = useState('');
  const failure = refresh.error ? toAppError(refresh.error) : null;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Newer prices</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Typography sx={{ color: 'text.secondary' }}>
          Reads the public price lists of the providers for machines, licences, storage, databases and network of these regions. The result keeps its prices until it is assessed again.
        </Typography>
        <QueryView query={prices} what="the prices" errorTitle="The prices could not be read" skeleton={<Skeleton variant="rounded" height={140} />}>
          {(info) => (
            <>
              {info.offline && <Alert severity="info">Offline is switched on under Sources, so that nobody is contacted.</Alert>}
              <Regions rows={pricedRegions(info, refresh.data ?? [])} />
              <TextField
                size="small"
                type="password"
                label="API key of Google Cloud"
                value={key}
                helperText="Google shows its prices only to an API key of a project with the Cloud Billing API. It is kept nowhere. Without it the prices of Google Cloud stay as they are."
                onChange={(event) => setKey(event.target.value)}
                slotProps={{ htmlInput: { autoComplete: 'off', maxLength: 200 } }}
              />
              {info.read.length > 0 && (
                <Button size="small" sx={{ alignSelf: 'flex-start' }} disabled={readOnly || refresh.isPending} loading={reset.isPending} onClick={() => reset.mutate(undefined, { onSuccess: refresh.reset })}>
                  Back to the prices of the program
                </Button>
              )}
            </>
          )}
        </QueryView>
        {refresh.isPending && <Typography role="status">Reading price lists. Activity shows how far it is, and cancels it.</Typography>}
        {failure && <ErrorPanel title="The prices could not be read" error={failure} />}
      </DialogContent>
      <DialogActions>
        <Box sx={{ mr: 'auto' }}>{prices.data && <ExportTable of="price regions" table={() => pricesTable(pricedRegions(prices.data, refresh.data ?? []))} />}</Box>
        <Button onClick={onClose}>Close</Button>
        <Button variant={refresh.data ? 'outlined' : 'contained'} disabled={readOnly || !prices.data || prices.data.offline} loading={refresh.isPending} onClick={() => refresh.mutate(key)}>
          Read prices
        </Button>
        {refresh.data && (
          <Button variant="contained" onClick={onAssess}>
            Assess again
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

/** Each region and kind with the day of its prices, and what was read just now. */
function Regions({ rows }: { rows: PricedRegion[] }) {
  return (
    <FigureTable
      label="Regions"
      head={['Provider', 'Region', 'Prices of', 'Read on', 'Prices', 'With another price', 'Problem']}
      words={[1, 2, 6]}
      rows={rows.map(({ provider, region, kind, before, now }) => ({
        key: `${provider} ${kind}`,
        cells: [
          providerName(provider),
          region,
          priceKinds[kind] ?? 'All',
          before ? formatDay(before.asOf) : 'Built in',
          before ? formatCount(before.prices) : '–',
          now && now.problem === '' ? formatCount(now.changed) : '–',
          now?.problem || '–',
        ],
      }))}
    />
  );
}
