/** Which scope a person chose last in each workspace, on this computer. */

function keyOf(workspace: string): string {
  return `scope ${workspace}`;
}

export function rememberedScope(workspace: string): string {
  return localStorage.getItem(keyOf(workspace)) ?? '';
}

export function rememberScope(workspace: string, name: string): void {
  if (name === '') localStorage.removeItem(keyOf(workspace));
  else localStorage.setItem(keyOf(workspace), name);
}
