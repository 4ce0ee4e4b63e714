import { createRenderEffect, type JSX } from 'solid-js';

/** The title of the browser's tab: the page, then the system. */
export const Title = (props: { of: string; system?: string }): JSX.Element => {
  createRenderEffect(() => {
    document.title = `${props.of} · ${props.system ?? 'Ticket Tracking System'}`;
  });
  return null;
};
