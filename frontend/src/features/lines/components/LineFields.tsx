import Box from '@mui/material/Box';
import { type ReactNode } from 'react';

import { type ValueNames } from '../../../lib/accountNames';
import { columnLabel } from '../../../ui/columnLabel';
import { jsonPairs, type LedgerColumn, type LineRow, lineValue, describeValue } from '../model';

type LineFieldsProps = { row: LineRow; columns: LedgerColumn[]; nameOf: ValueNames; currency: string; withEmpty: boolean };

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

/** Names and values of one line, below each other. */
export function LineFields({ row, columns, nameOf, currency, withEmpty }: LineFieldsProps) {
  const shown = columns.filter((column) => withEmpty || lineValue(row, column.name) !== null);
  return (
    <Box component="dl" sx={{ m: 0 }}>
      {shown.map((column) => {
        const label = columnLabel(column.name);
        return (
          <Box key={column.name} sx={{ display: 'grid', gridTemplateColumns: '200px 1fr', columnGap: 2, py: 0.875, borderBottom: 1, borderColor: 'tone.line2' }}>
            <Box component="dt" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {label}
              {label !== column.name && (
                <Box component="span" sx={{ display: 'block', color: 'text.disabled', typography: 'caption' }}>
                  {column.name}
                </Box>
              )}
            </Box>
            <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
              {fieldOf(row, column, currency, nameOf)}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
