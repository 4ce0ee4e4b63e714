import { Role, System, User, UserSystemRole } from '../auth/auth.entity.ts';
import { Session } from '../auth/session.entity.ts';
import { Person } from '../helpdesk/person.entity.ts';
import { TicketText, Word } from '../helpdesk/search.entity.ts';
import { Ticket, TimelineLine } from '../helpdesk/ticket.entity.ts';
import { RateLimit } from '../http/rate-limit.entity.ts';
import { Remark } from '../messaging/remark.entity.ts';
import { Mail, Notice } from '../notification/notice.entity.ts';
import { RoleMember, TrackingRole } from '../tracking/members.entity.ts';
import { Rotation, Task, Visit } from '../tracking/task.entity.ts';
import { Workflow, WorkflowVersion } from '../tracking/workflow.entity.ts';
import { OutboxEntry } from './outbox.entity.ts';

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
  TimelineLine,
  TicketText,
  Word,
  Workflow,
  WorkflowVersion,
  Task,
  Visit,
  Rotation,
  Remark,
  Notice,
  Mail,
];
