import { createMemo, For, type JSX, on, Show } from 'solid-js';
import type { TimelineEntry } from '../../api/helpdesk/ticket.schema.ts';
import { agentSentence, requesterSentence } from '../lib/timeline-sentences.ts';
import { Banner } from './banner.tsx';
import { Time } from './time.tsx';
import { Sentence } from './timeline.tsx';

interface MeanwhileProps {
  timeline: TimelineEntry[];
  /** The version of the ticket when somebody began to write. */
  since: number;
  voice: 'agent' | 'requester';
  me: number;
  /** What this means for what is written here, and what to do. */
  children: JSX.Element;
}

/** The ticket's version when a dialog was opened; `opened` changes with each opening. */
export const versionWhenOpened = (opened: () => unknown, version: () => number): (() => number) =>
  createMemo(on(opened, version));

/** What others did to the ticket while somebody writes about it, and when. Nothing when nobody did anything. */
export const Meanwhile = (props: MeanwhileProps) => {
  const news = () =>
    props.timeline
      .filter(({ version }) => version > props.since)
      .flatMap((entry) => {
        const parts = props.voice === 'agent' ? agentSentence(entry) : requesterSentence(entry, props.me);
        return parts ? [{ parts, at: entry.at }] : [];
      });
  return (
    <Show when={news().length > 0}>
      <Banner tone="warn" alert>
        <For each={news()}>
          {({ parts, at }) => (
            <p>
              <Sentence parts={parts} />, <Time at={at} />.
            </p>
          )}
        </For>
        <p>{props.children}</p>
      </Banner>
    </Show>
  );
};
