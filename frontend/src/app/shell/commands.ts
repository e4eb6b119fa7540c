/** What the command palette can do, as data. */
export type Command = {
  id: string;
  group: string;
  label: string;
  hint?: string;
  run: () => void;
};

/** The commands in which every word typed begins a word, those whose label begins with the first one on top; the order is otherwise kept. */
export function findCommands(commands: Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return commands;
  const wordsOf = (command: Command) => `${command.label} ${command.group} ${command.hint ?? ''}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const first = words[0] ?? '';
  const begins = (command: Command) => command.label.toLowerCase().startsWith(first);
  const found = commands.filter((command) => words.every((word) => wordsOf(command).some((own) => own.startsWith(word))));
  return [...found.filter(begins), ...found.filter((command) => !begins(command))];
}
