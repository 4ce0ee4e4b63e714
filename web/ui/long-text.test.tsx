import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { LongText } from './long-text.tsx';

afterEach(cleanup);

test('a short text is shown whole, with its line breaks', () => {
  const text = 'One line\n\n\tand an indented one';
  const { container } = render(() => <LongText text={text} />);
  expect(container.querySelector('p')?.textContent).toBe(text);
  expect(screen.queryByRole('button')).toBeNull();
});

test.each([
  ['many characters', 'word '.repeat(500)],
  ['many lines', 'x\n'.repeat(30)],
])('a text of %s is folded, and opens and closes again', (_what, text) => {
  const { container } = render(() => <LongText text={text} />);
  const folded = () => container.querySelector('p')?.classList.contains('folded');
  expect(folded()).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Show all', expanded: false }));
  expect(folded()).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: 'Show less', expanded: true }));
  expect(folded()).toBe(true);
});
