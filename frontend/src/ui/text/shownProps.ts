import { showMarks } from '../../lib/marks';

/** Where an element has text that a person reads or hears. */
const texts = ['children', 'title', 'label', 'primary', 'secondary', 'helperText', 'placeholder', 'alt', 'aria-label', 'aria-description'];

function shown(value: unknown): unknown {
  if (typeof value === 'string') return showMarks(value);
  if (!Array.isArray(value)) return value;
  const parts: unknown[] = value;
  return parts.some((part) => typeof part === 'string' && showMarks(part) !== part) ? parts.map(shown) : value;
}

/** The props of an element, with marks that turn the direction of text made visible. */
export function shownProps(props: unknown): unknown {
  if (props === null || typeof props !== 'object') return props;
  const given = props as Record<string, unknown>;
  let changed: Record<string, unknown> | undefined;
  for (const name of texts) {
    const value = given[name];
    if (value === undefined) continue;
    const visible = shown(value);
    if (visible !== value) (changed ??= { ...given })[name] = visible;
  }
  return changed ?? given;
}
