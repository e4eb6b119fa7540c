/** The pattern of figures that are not complete yet. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={6} height={6} fill="var(--mui-palette-background-paper)" fillOpacity={0.5} />
        <line x1={0} x2={0} y2={6} stroke="var(--mui-palette-tone-hatch)" strokeWidth={2} />
      </pattern>
    </defs>
  );
}
