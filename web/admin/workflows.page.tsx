import WorkflowIcon from 'lucide-solid/icons/workflow';
import { For, Show } from 'solid-js';
import { ownersOf } from '../desk/route-dialog.tsx';
import { listHref, wholeQueue } from '../desk/task-filter.ts';
import { type DefinitionRow, useWorkflows } from '../desk/workflows.data.ts';
import { hasLoaded } from '../lib/has-loaded.ts';
import { categoryWords, countWords } from '../lib/labels.ts';
import { Badge } from '../ui/badge.tsx';
import { Blank } from '../ui/blank.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Title } from '../ui/title.tsx';
import { scopeWords } from './workflow-words.ts';

/** The published definitions: what they are for, their steps and owners, and how many open tickets each has. */
export default function WorkflowsPage() {
  const workflows = useWorkflows();
  return (
    <>
      <Title of="Workflows" system="Ticket Tracking" />
      <div class="bar">
        <h1>Workflows</h1>
        <span class="muted num">
          <Show when={hasLoaded(workflows) && workflows.data.items.length}>{(count) => <>{count()} published</>}</Show>
        </span>
      </div>
      <div class="page-body">
        <Loaded query={workflows} what="The workflows" heading="h2">
          {(data) => (
            <Show
              when={data().items.length > 0}
              fallback={
                <Blank heading="h2" icon={WorkflowIcon} title="No workflow is published">
                  Every ticket that is opened stays unrouted until there is one. The seed command “workflows” publishes
                  the five that come with the system.
                </Blank>
              }
            >
              <ul class="workflows">
                <For each={data().items}>{(workflow) => <WorkflowCard workflow={workflow} />}</For>
              </ul>
            </Show>
          )}
        </Loaded>
      </div>
    </>
  );
}

const WorkflowCard = (props: { workflow: DefinitionRow }) => (
  <li class="card">
    <header>
      <h2>{props.workflow.name}</h2>
      <Badge>v{props.workflow.version}</Badge>
      <span class="muted push">{countWords({ count: props.workflow.openTickets, more: false }, 'open ticket')}</span>
    </header>
    <div class="in">
      <p class="muted">
        For{' '}
        <a href={listHref({ ...wholeQueue('all', 'open'), category: props.workflow.category })}>
          {categoryWords[props.workflow.category]}
        </a>
        {scopeWords(props.workflow)}
      </p>
      <ol class="stages" aria-label={`Steps of ${props.workflow.name}`}>
        <For each={props.workflow.steps}>
          {(step) => (
            <li>
              <span class="node" />
              <div class="what">
                <strong>{step.name}</strong>
                <span>{ownersOf(step)}</span>
              </div>
            </li>
          )}
        </For>
      </ol>
    </div>
  </li>
);
