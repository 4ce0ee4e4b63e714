import { Role, System, User, UserSystemRole } from '../auth/auth.entity.ts';
import { Session } from '../auth/session.entity.ts';
import { TicketCommand } from '../helpdesk/command.entity.ts';
import { Person } from '../helpdesk/person.entity.ts';
import { TicketText, Word } from '../helpdesk/search/search.entity.ts';
import { Ticket, TimelineEntryRow } from '../helpdesk/ticket.entity.ts';
import { RateLimit } from '../http/rate-limit.entity.ts';
import { Draft, EarlierText, Message } from '../messaging/message.entity.ts';
import { Note } from '../messaging/note.entity.ts';
import { Mail, Notification } from '../notification/notification.entity.ts';
import { WorkflowDefinition, WorkflowVersion } from '../tracking/definition.entity.ts';
import { RoleMember, TrackingRole } from '../tracking/members.entity.ts';
import { Rotation, Task, Visit } from '../tracking/task.entity.ts';
import { OutboxEntry } from './outbox/outbox.entity.ts';

/** Every entity of every module. The modules themselves do not know each other. */
export const entities = [
  OutboxEntry,
  System,
  Role,
  User,
  UserSystemRole,
  Session,
  RateLimit,
  Person,
  TrackingRole,
  RoleMember,
  Ticket,
  TimelineEntryRow,
  TicketCommand,
  TicketText,
  Word,
  WorkflowDefinition,
  WorkflowVersion,
  Task,
  Visit,
  Rotation,
  Note,
  Message,
  EarlierText,
  Draft,
  Notification,
  Mail,
];
