import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { switchKeys, useKeys } from './keyboard.ts';

const next = vi.fn();

const Page = () => {
  useKeys({ j: next });
  return <input aria-label="Search" />;
};

afterEach(() => {
  cleanup();
  switchKeys(true);
  next.mockClear();
});

test('a key of the page does its work', () => {
  render(() => <Page />);
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(next).toHaveBeenCalledOnce();
});

test('a key that is typed into a field, or pressed with Ctrl, is left alone', () => {
  render(() => <Page />);
  fireEvent.keyDown(screen.getByLabelText('Search'), { key: 'j' });
  fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true });
  expect(next).not.toHaveBeenCalled();
});

test('single keys can be turned off', () => {
  render(() => <Page />);
  switchKeys(false);
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(next).not.toHaveBeenCalled();
});

test('a page that is left takes its keys along', () => {
  const { unmount } = render(() => <Page />);
  unmount();
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(next).not.toHaveBeenCalled();
});
