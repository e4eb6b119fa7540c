import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { type ReactNode } from 'react';

import { type ValueNames } from '../../../lib/accountNames';
import { columnLabel } from '../../../ui/columnLabel';
import { NamedValue } from './NamedValue';
import { jsonPairs, type LedgerColumn, type LineRow, lineValue, describeValue } from '../model';

type LineFieldsProps = {
  row: LineRow;
  groups: { title: string; columns: LedgerColumn[] }[];
  nameOf: ValueNames;
  currency: string;
  withEmpty: boolean;
  /** Where the line comes from, first among the columns of its source. */
  origin: ReactNode;
};

function Pairs({ pairs }: { pairs: [string, string][] }) {
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column' }}>
      {pairs.map(([key, value]) => (
        <span key={key}>
          <Box component="bdi" sx={{ color: 'text.secondary' }}>
            {key}
          </Box>
          {' = '}
          <bdi>{value}</bdi>
        </span>
      ))}
    </Box>
  );
}

function fieldOf(row: LineRow, column: LedgerColumn, currency: string, nameOf: ValueNames): ReactNode {
  const value = lineValue(row, column.name);
  if (value === null) {
    return (
      <Box component="span" sx={{ color: 'text.disabled', fontStyle: 'italic' }}>
        no value
      </Box>
    );
  }
  const pairs = column.kind === 'json' ? jsonPairs(value) : null;
  if (pairs && pairs.length > 0) return <Pairs pairs={pairs} />;
  return (
    <bdi title={value} style={{ whiteSpace: 'pre-wrap' }}>
      {describeValue(row, column, currency, nameOf)}
    </bdi>
  );
}

function Field({ row, column, currency, nameOf }: { row: LineRow; column: LedgerColumn; currency: string; nameOf: ValueNames }) {
  const label = columnLabel(column.name);
  return (
    <NamedValue label={label} name={label === column.name ? '' : column.name}>
      {fieldOf(row, column, currency, nameOf)}
    </NamedValue>
  );
}

/** Names and values of one line, below each other and by what they are about. */
export function LineFields({ row, groups, nameOf, currency, withEmpty, origin }: LineFieldsProps) {
  return groups.map(({ title, columns }) => {
    const shown = columns.filter((column) => withEmpty || lineValue(row, column.name) !== null);
    const before = title === 'Source' ? origin : null;
    if (shown.length === 0 && before === null) return null;
    return (
      <Box key={title} component="section" aria-label={title} sx={{ mb: 2 }}>
        <Typography variant="h2" component="h3" sx={{ py: 0.5 }}>
          {title}
        </Typography>
        <Box component="dl" sx={{ m: 0 }}>
          {before}
          {shown.map((column) => (
            <Field key={column.name} row={row} column={column} currency={currency} nameOf={nameOf} />
          ))}
        </Box>
      </Box>
    );
  });
}
