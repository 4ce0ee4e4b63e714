import { useParams } from '@solidjs/router';
import { createEffect, Show } from 'solid-js';
import { useTask } from '../desk/tasks.data.ts';
import { hasLoaded } from '../lib/has-loaded.ts';
import { shortNumber } from '../lib/ticket-number.ts';
import { Blank } from '../ui/blank.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Title } from '../ui/title.tsx';

/** Sends the browser on to the ticket's workflow in Temporal Web. Lists link here because only the ticket knows that address. */
export default function TicketInTemporalPage() {
  const params = useParams<{ number: string }>();
  const task = useTask(() => params.number);
  createEffect(() => {
    if (hasLoaded(task) && task.data.workflowUrl) location.replace(task.data.workflowUrl);
  });
  return (
    <>
      <Title of={`Workflow of ${shortNumber(params.number)}`} system="Ticket Tracking" />
      <div class="bar">
        <h1>Workflow of {shortNumber(params.number)}</h1>
      </div>
      <Loaded query={task} what="The ticket">
        {(data) => (
          <Show
            when={data().workflowUrl}
            fallback={
              <Blank heading="h2" title="The workflow is not open to you">
                Only admins see workflows in Temporal Web.
              </Blank>
            }
          >
            {(url) => (
              <Blank
                heading="h2"
                title="Opening Temporal Web"
                actions={
                  <a class="btn" href={url()}>
                    Go there now
                  </a>
                }
              >
                It shows each step of this ticket as it ran.
              </Blank>
            )}
          </Show>
        )}
      </Loaded>
    </>
  );
}
