import Box from '@mui/material/Box';

type AccountLabelProps = {
  account: string;
  /** "" where the ledger knows none. */
  name: string;
  /** Below each other, where a row has the height for it. */
  stacked?: boolean;
};

/** An account by its name, with the number that names it more quietly; the number alone where there is no name. */
export function AccountLabel({ account, name, stacked = false }: AccountLabelProps) {
  if (name === '') return <bdi>{account}</bdi>;
  return (
    <>
      <bdi>{name}</bdi>{' '}
      <Box component="bdi" sx={{ color: 'text.secondary', fontSize: '0.75rem', fontWeight: 400, ...(stacked && { display: 'block', overflowWrap: 'anywhere' }) }}>
        {account}
      </Box>
    </>
  );
}
