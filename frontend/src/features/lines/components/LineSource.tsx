import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router';

import { useBillingAccountNames } from '../../../parts/accountNames';
import { billKey, describeBill } from '../../../lib/bill';
import { fileName } from '../../../lib/fileName';
import { formatCount } from '../../../lib/money';
import { type LinesScope, useLineOrigin } from '../queries';
import { NamedValue } from './NamedValue';

/** The file, line number, import and bill of a line. */
export function LineSource({ scope, index }: { scope: LinesScope; index: number }) {
  const { data: origin, error } = useLineOrigin(scope, index);
  const nameOf = useBillingAccountNames();
  if (error) return <NamedValue label="File">{error.message}</NamedValue>;
  if (!origin) return <NamedValue label="File">…</NamedValue>;
  return (
    <>
      {origin.file !== '' && (
        <NamedValue label="File">
          <bdi title={origin.file}>{fileName(origin.file)}</bdi>
        </NamedValue>
      )}
      {origin.line > 0 && <NamedValue label="Line number">{formatCount(origin.line)}</NamedValue>}
      {origin.line === 0 && origin.record > 0 && <NamedValue label="Charge of the file">{`${formatCount(origin.record)}, counted from the first one that was imported`}</NamedValue>}
      <NamedValue label="Import">
        <Link component={RouterLink} to={`/bills?import=${origin.importId}`}>
          Import {origin.importId}
        </Link>
      </NamedValue>
      <NamedValue label="Bill">
        <Link component={RouterLink} to={`/bills?bill=${encodeURIComponent(billKey(origin.bill))}`}>
          {describeBill(origin.bill, nameOf(origin.bill.billingAccount))}
        </Link>
      </NamedValue>
    </>
  );
}
