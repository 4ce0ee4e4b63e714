-- Gives the database in which it runs, with all that is in it, to the role "app": a plain owner, without any other right
-- on the server. Done again it changes nothing. Older releases used the superuser for everything, so that everything
-- belonged to it. docker-compose.yml and dev/app-role.ts run this as the superuser.
do $$
declare
  app constant oid := 'app'::regrole;
  systems constant text := '^(pg_|information_schema$)';
  change text;
begin
  for change in
    select format('alter database %I owner to app', datname)
      from pg_database where datname = current_database() and datdba <> app
    union all
    select format('alter schema %I owner to app', nspname)
      from pg_namespace where nspname !~ systems and nspname <> 'public' and nspowner <> app
    union all
    -- A sequence that belongs to a column goes with its table.
    select format('alter table %s owner to app', c.oid::regclass)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where nspname !~ systems and relkind in ('r', 'p', 'v', 'm', 'S') and relowner <> app
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and deptype in ('e', 'a', 'i'))
    union all
    select format('alter type %s owner to app', t.oid::regtype)
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where nspname !~ systems and typtype in ('e', 'd') and typowner <> app
        and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and deptype = 'e')
    union all
    select format('alter routine %s owner to app', p.oid::regprocedure)
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where nspname !~ systems and proowner <> app
        and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and deptype = 'e')
  loop
    execute change;
  end loop;
end
$$;
