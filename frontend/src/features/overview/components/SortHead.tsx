import TableCell from '@mui/material/TableCell';
import TableSortLabel from '@mui/material/TableSortLabel';
import type { ReactNode } from 'react';

import type { SpendSort } from '../../../lib/wire';
import { type RowOrder, turned } from '../order';

type SortHeadProps = {
  sort: SpendSort;
  order: RowOrder;
  onOrder: (order: RowOrder) => void;
  className?: string;
  align?: 'right';
  children: ReactNode;
};

/** A column head that orders the rows; pressed again, the other way round. */
export function SortHead({ sort, order, onOrder, className, align, children }: SortHeadProps) {
  const active = order.sort === sort;
  const direction = order.up ? 'asc' : 'desc';
  return (
    <TableCell className={className} align={align} sortDirection={active ? direction : false}>
      <TableSortLabel
        active={active}
        hideSortIcon
        direction={active ? direction : sort === 'name' ? 'asc' : 'desc'}
        onClick={() => onOrder(turned(order, sort))}
        sx={{ borderRadius: 1, '& .MuiTableSortLabel-icon': { fontSize: 14, mx: '2px' } }}
      >
        {children}
      </TableSortLabel>
    </TableCell>
  );
}
