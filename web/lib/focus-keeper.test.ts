import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepFocus } from './focus-keeper.ts';
import { addWhatJsdomLacks } from './page.fixture.tsx';

let stop: () => void;

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
};
/** The browser tells of changes once what is running now is over, and the focus is looked for after that. */
const settled = async () => {
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
};

beforeEach(() => {
  addWhatJsdomLacks();
  document.body.innerHTML = `
    <nav><h2 id="side">Tickets</h2></nav>
    <main id="main" tabindex="-1">
      <h1 id="subject">A ticket</h1>
      <section>
        <p id="state" tabindex="-1" data-lands>Yours</p>
        <div><button id="act">Approve</button><button id="other">Reject</button></div>
        <dialog id="dialog" open><input id="note" /></dialog>
      </section>
      <section id="rows"><ul><li><a id="row" href="#">A row</a></li></ul></section>
    </main>`;
  stop = keepFocus();
});
afterEach(() => stop());

test('a button that is not offered any more leaves the focus to what says where the ticket is', async () => {
  element('act').focus();
  element('act').remove();
  await settled();
  expect(document.activeElement?.id).toBe('state');
});

test('so does a dialog that closes when the button behind it has gone', async () => {
  element('note').focus();
  element('dialog').removeAttribute('open');
  element('note').remove();
  await settled();
  expect(document.activeElement?.id).toBe('state');
});

test('and a button that is switched off', async () => {
  element('act').focus();
  element('act').blur();
  element('act').setAttribute('disabled', '');
  await settled();
  expect(document.activeElement?.id).toBe('state');
});

test('a part without a heading leaves it to the page, and a page without a state to its heading', async () => {
  element('state').textContent = '';
  element('row').focus();
  element('row').remove();
  await settled();
  expect(document.activeElement?.id).toBe('subject');
});

test('a new page takes it in its main part, not in the sidebar before it', async () => {
  element('row').focus();
  element('main').innerHTML = '';
  await settled();
  expect(document.activeElement?.id).toBe('main');
});

test('where the page puts the focus itself, it stays', async () => {
  element('act').focus();
  element('act').remove();
  element('other').focus();
  await settled();
  expect(document.activeElement?.id).toBe('other');
});

test('who clicked beside everything is left alone', async () => {
  element('act').focus();
  element('act').blur();
  element('rows').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  element('act').remove();
  await settled();
  expect(document.activeElement).toBe(document.body);
});
