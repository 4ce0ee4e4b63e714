import { Show } from 'solid-js';
import { Button } from './button.tsx';

interface LongList {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage(): Promise<unknown>;
  refetch(): Promise<unknown>;
}

/**
 * Loads the next page of a list, and then the pages before it again: a row that has moved up meanwhile is in none of the pages as
 * they were loaded.
 */
export const ShowMore = (props: { list: LongList; what?: string; class?: string; small?: boolean }) => {
  const more = async () => {
    await props.list.fetchNextPage();
    if (!props.list.isFetchNextPageError) await props.list.refetch();
  };
  return (
    <Show when={props.list.hasNextPage}>
      <Button
        size={props.small === false ? undefined : 'small'}
        busy={props.list.isFetchingNextPage}
        onClick={() => void more()}
      >
        Show more
      </Button>
      <Show when={props.list.isFetchNextPageError && !props.list.isFetchingNextPage}>
        {' '}
        <span role="alert">The next {props.what ?? 'tickets'} did not load. Those you see are still correct.</span>
      </Show>
    </Show>
  );
};
