import { Migration } from '@mikro-orm/migrations';

/** What the search of the help desk needs: the texts of tickets, and the words that they are written with. */
export class Search extends Migration {
  override up(): void {
    this.addSql(`create extension if not exists pg_trgm`);
    this.addSql(`create table "helpdesk"."ticket_text" (
      "number" text not null,
      "words" text not null,
      primary key ("number")
    )`);
    this.addSql(`create table "helpdesk"."word" (
      "word" text not null,
      primary key ("word")
    )`);
    this.addSql(`insert into "helpdesk"."ticket_text" ("number", "words")
      select "number", lower("number" || ' ' || "subject" || chr(31) || "description") from "helpdesk"."ticket"`);
    this.addSql(`insert into "helpdesk"."word" ("word")
      select distinct "word" from "helpdesk"."ticket",
        regexp_split_to_table(lower("subject" || ' ' || "description"), '[^[:alpha:]]+') as "word"
      where length("word") >= 4`);
    this.addSql(`create index "ticket_text_words_index" on "helpdesk"."ticket_text" using gin ("words" gin_trgm_ops)`);
    this.addSql(`create index "word_word_index" on "helpdesk"."word" using gin ("word" gin_trgm_ops)`);
  }
}
