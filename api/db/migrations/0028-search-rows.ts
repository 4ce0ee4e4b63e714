import { Migration } from '@mikro-orm/migrations';
import { searchWordsOf } from '../../auth/search-words.ts';
import { searchTextOf, type Written, wordsOf } from '../../helpdesk/search/search-text.ts';

const batch = 1_000;

interface Account {
  id: number;
  firstName: string;
  middleName: string | null;
  lastName: string;
  suffix: string | null;
  email: string;
}

/**
 * Writes all search texts again, as the code of this release makes them: the same spelling for what people write in different
 * ways, and the fields of the forms. People get a search text too.
 */
export class SearchRows extends Migration {
  override async up(): Promise<void> {
    await this.#tickets();
    await this.#people();
  }

  async #tickets(): Promise<void> {
    // Writing the indexes once at the end is several times faster.
    await this.execute(`drop index "helpdesk"."ticket_text_words_index"`);
    await this.execute(`truncate "helpdesk"."ticket_text", "helpdesk"."word"`);
    await this.execute(`alter table "helpdesk"."ticket_text" add column "head" text not null`);
    await this.#inBatches<Written>(
      `select "number", "subject", "description", "sub_category" as "subCategory", "form" from "helpdesk"."ticket"
       where "number" > ? order by "number" limit ${batch}`,
      '',
      ({ number }) => number,
      async (tickets) => {
        const rows = tickets.map((ticket) => ({ number: ticket.number, ...searchTextOf(ticket) }));
        await this.execute(
          `insert into "helpdesk"."ticket_text" ("number", "head", "words")
           select "number", "head", "words" from jsonb_to_recordset(?::jsonb) as "r" ("number" text, "head" text, "words" text)`,
          [JSON.stringify(rows)],
        );
        await this.execute(
          `insert into "helpdesk"."word" ("word") select jsonb_array_elements_text(?::jsonb) on conflict do nothing`,
          [JSON.stringify([...new Set(tickets.flatMap(wordsOf))])],
        );
      },
    );
    for (const column of ['head', 'words'])
      await this.execute(
        `create index "ticket_text_${column}_index" on "helpdesk"."ticket_text" using gin ("${column}" gin_trgm_ops)`,
      );
  }

  async #people(): Promise<void> {
    await this.execute(`alter table "auth"."user" add column "search_words" text not null default ''`);
    await this.#inBatches<Account>(
      `select "id", "first_name" as "firstName", "middle_name" as "middleName", "last_name" as "lastName", "suffix", "email"
       from "auth"."user" where "id" > ? order by "id" limit ${batch}`,
      0,
      ({ id }) => id,
      async (people) => {
        const rows = people.map((person) => ({ id: person.id, words: searchWordsOf(person) }));
        await this.execute(
          `update "auth"."user" "u" set "search_words" = "r"."words"
           from jsonb_to_recordset(?::jsonb) as "r" ("id" int, "words" text) where "u"."id" = "r"."id"`,
          [JSON.stringify(rows)],
        );
      },
    );
    await this.execute(`alter table "auth"."user" alter column "search_words" drop default`);
    await this.execute(
      `create index "user_search_words_index" on "auth"."user" using gin ("search_words" gin_trgm_ops)`,
    );
  }

  async #inBatches<Row>(
    query: string,
    start: string | number,
    keyOf: (row: Row) => string | number,
    write: (rows: Row[]) => Promise<void>,
  ): Promise<void> {
    for (let last = start; ; ) {
      const rows = (await this.execute(query, [last])) as Row[];
      const end = rows.at(-1);
      if (end === undefined) return;
      await write(rows);
      last = keyOf(end);
    }
  }
}
