import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';


const name = 'bill\u202egpj.exe';

test('every element of a page shows marks of direction, as text, as a title and as a label', () => {
  const { container } = render(
    <p title={name} aria-label={name}>
      File {name}
      {[name]}
      <span>{name}</span>
    </p>,
  );
  expect(container.innerHTML).not.toContain('\u202e');
  expect(container.textContent).toBe('File bill\\u202egpj.exebill\\u202egpj.exebill\\u202egpj.exe');
  expect(screen.getByTitle('bill\\u202egpj.exe')).toHaveAccessibleName('bill\\u202egpj.exe');
});
