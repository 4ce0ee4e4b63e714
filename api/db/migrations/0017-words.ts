import { Migration } from '@mikro-orm/migrations';

const rename = {
  tables: [
    ['messaging', 'remark', 'note'],
    ['notification', 'notice', 'notification'],
    ['helpdesk', 'timeline_line', 'timeline_entry'],
    ['tracking', 'workflow', 'workflow_definition'],
  ],
  columns: [
    ['helpdesk.ticket', 'flow', 'workflow_state'],
    ['helpdesk.ticket', 'track_steps', 'step_names'],
    ['helpdesk.ticket', 'track_at', 'step_index'],
    ['helpdesk.ticket', 'holder_name', 'assignee_name'],
    ['helpdesk.ticket', 'holder_role', 'assignee_role'],
    ['notification.mail', 'notice_id', 'notification_id'],
    ['notification.mail', 'round', 'batch'],
    ['notification.mail', 'letter', 'digest'],
    ['tracking.task', 'track_steps', 'step_names'],
    ['tracking.task', 'track_at', 'step_index'],
    ['tracking.workflow_version', 'workflow_id', 'workflow_definition_id'],
  ],
  indexes: [
    ['messaging', 'remark_ticket_number_index', 'note_ticket_number_index'],
    ['notification', 'notice_user_id_id_index', 'notification_user_id_id_index'],
    ['notification', 'mail_round_notice_id_index', 'mail_batch_notification_id_index'],
  ],
  constraints: [
    ['messaging.note', 'remark_pkey', 'note_pkey'],
    ['notification.notification', 'notice_pkey', 'notification_pkey'],
    ['notification.notification', 'notice_user_id_event_key_unique', 'notification_user_id_event_key_unique'],
    ['notification.notification', 'notice_kind_check', 'notification_kind_check'],
    ['helpdesk.timeline_entry', 'timeline_line_pkey', 'timeline_entry_pkey'],
    [
      'helpdesk.timeline_entry',
      'timeline_line_ticket_number_version_ordinal_unique',
      'timeline_entry_ticket_number_version_ordinal_unique',
    ],
    ['tracking.workflow_definition', 'workflow_pkey', 'workflow_definition_pkey'],
    ['tracking.workflow_definition', 'workflow_name_unique', 'workflow_definition_name_unique'],
    ['tracking.workflow_definition', 'workflow_category_check', 'workflow_definition_category_check'],
    ['tracking.workflow_definition', 'workflow_department_check', 'workflow_definition_department_check'],
    [
      'tracking.workflow_version',
      'workflow_version_workflow_id_version_unique',
      'workflow_version_workflow_definition_id_version_unique',
    ],
    [
      'tracking.workflow_version',
      'workflow_version_workflow_id_foreign',
      'workflow_version_workflow_definition_id_foreign',
    ],
  ],
  sequences: [
    ['messaging', 'remark_id_seq', 'note_id_seq'],
    ['notification', 'notice_id_seq', 'notification_id_seq'],
    ['helpdesk', 'timeline_line_id_seq', 'timeline_entry_id_seq'],
    ['tracking', 'workflow_id_seq', 'workflow_definition_id_seq'],
  ],
};

/** One word for one thing: tables and columns bear the words that code, API and screens use. */
export class Words extends Migration {
  override up(): void {
    for (const [schema, from, to] of rename.tables) this.addSql(`alter table ${schema}.${from} rename to ${to}`);
    for (const [table, from, to] of rename.columns) this.addSql(`alter table ${table} rename column ${from} to ${to}`);
    for (const [schema, from, to] of rename.indexes) this.addSql(`alter index ${schema}.${from} rename to ${to}`);
    for (const [table, from, to] of rename.constraints)
      this.addSql(`alter table ${table} rename constraint ${from} to ${to}`);
    for (const [schema, from, to] of rename.sequences) this.addSql(`alter sequence ${schema}.${from} rename to ${to}`);
  }
}
