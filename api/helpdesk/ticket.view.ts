import { ticketWorkflowId } from '../../workflows/names.ts';
import { type AnyCommand, plainNames } from '../../workflows/ticket/rules/command.ts';
import { close } from '../../workflows/ticket/rules/commands/close.ts';
import { open } from '../../workflows/ticket/rules/commands/open.ts';
import { reject } from '../../workflows/ticket/rules/commands/reject.ts';
import { withdraw } from '../../workflows/ticket/rules/commands/withdraw.ts';
import { offer } from '../../workflows/ticket/rules/offers.ts';
import type { TicketFacts } from '../../workflows/ticket/rules/state.ts';
import { stateOf } from '../../workflows/ticket/rules/upgrade.ts';
import { actorOf } from '../commands/authority.ts';
import type { SessionUser } from '../http/user.ts';
import type { Ticket } from './ticket.entity.ts';
import { canSeeWorkflow } from './ticket.policy.ts';
import type { TicketRow, TicketView, TimelineEntry } from './ticket.schema.ts';

const instant = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

/** The columns for a list row. */
export const rowProperties = [
  'number',
  'subject',
  'category',
  'subCategory',
  'status',
  'priority',
  'department',
  'requesterId',
  'requesterName',
  'stepNames',
  'stepIndex',
  'assigneeName',
  'roleName',
  'dueAt',
  'closesAt',
  'submittedAt',
  'changedAt',
  'version',
] as const satisfies (keyof Ticket)[];

/** The columns for the view of one ticket. */
export const viewProperties = [
  ...rowProperties,
  'description',
  'scheduledDate',
  'form',
  'reason',
  'assigneeId',
  'resolvedAt',
  'closedAt',
  'workflowState',
] as const satisfies (keyof Ticket)[];

export type ViewedTicket = Pick<Ticket, (typeof viewProperties)[number]>;

export const rowOf = (ticket: Pick<Ticket, (typeof rowProperties)[number]>): TicketRow => ({
  number: ticket.number,
  subject: ticket.subject,
  category: ticket.category,
  subCategory: ticket.subCategory ?? null,
  status: ticket.status,
  priority: ticket.priority ?? null,
  department: ticket.department ?? null,
  requester: { id: ticket.requesterId, name: ticket.requesterName },
  progress: { steps: ticket.stepNames, at: ticket.stepIndex ?? null },
  assignee:
    ticket.roleName && ticket.dueAt
      ? { name: ticket.assigneeName ?? null, role: ticket.roleName, dueAt: ticket.dueAt.toISOString() }
      : null,
  closesAt: instant(ticket.closesAt),
  submittedAt: ticket.submittedAt.toISOString(),
  changedAt: ticket.changedAt.toISOString(),
  version: ticket.version,
});

/** The columns for a workflow's facts. */
export const factProperties = ['number', 'category', 'subCategory', 'requesterId'] as const satisfies (keyof Ticket)[];

export const factsOf = (ticket: Pick<Ticket, (typeof factProperties)[number]>): TicketFacts => ({
  number: ticket.number,
  category: ticket.category,
  subCategory: ticket.subCategory ?? null,
  requesterId: ticket.requesterId,
});

/** What this reader may do with the ticket, and why not the rest. */
const actionsOf = (ticket: ViewedTicket, reader: SessionUser): TicketView['actions'] => {
  const situation = {
    facts: factsOf(ticket),
    state: stateOf(ticket.workflowState),
    definition: null,
    names: plainNames,
  };
  const offered = (declaration: AnyCommand) => offer(declaration, situation, actorOf(reader));
  return { open: offered(open), reject: offered(reject), withdraw: offered(withdraw), close: offered(close) };
};

export interface WorkflowLink {
  temporalUi: string;
  namespace: string;
}

export const workflowUrlOf = (number: string, { temporalUi, namespace }: WorkflowLink): string =>
  new URL(`/namespaces/${namespace}/workflows/${encodeURIComponent(ticketWorkflowId(number))}`, temporalUi).href;

export const viewOf = (
  ticket: ViewedTicket,
  timeline: TimelineEntry[],
  reader: SessionUser,
  link: WorkflowLink,
): TicketView => ({
  ...rowOf(ticket),
  description: ticket.description,
  scheduledDate: ticket.scheduledDate ?? null,
  form: ticket.form,
  reason: ticket.reason ?? null,
  resolvedAt: instant(ticket.resolvedAt),
  closedAt: instant(ticket.closedAt),
  timeline,
  actions: actionsOf(ticket, reader),
  workflowUrl: canSeeWorkflow(reader) ? workflowUrlOf(ticket.number, link) : null,
});
