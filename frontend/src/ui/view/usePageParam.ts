import { useLocation, useSearchParams } from 'react-router';

/** One choice of a page that lives in the address: grouping, tab, grain. */
export function usePageParam<Value extends string>(name: string, choices: readonly Value[], fallback: Value): [Value, (value: Value) => void] {
  const [params, setParams] = useSearchParams();
  const location = useLocation();
  const state: unknown = location.state;
  const wanted = params.get(name);
  const value = choices.find((choice) => choice === wanted) ?? fallback;
  const set = (chosen: Value) => {
    const next = new URLSearchParams(params);
    next.set(name, chosen);
    // What travels with the address belongs to the page and stays with it.
    setParams(next, { state });
  };
  return [value, set];
}
