import { loadAgain } from '../lib/leave-page.ts';
import { sentenceOf } from '../lib/problem.ts';
import { Button } from '../ui/button.tsx';

/** The page itself failed, or its file is gone after an update. Loading the page again cures the second. */
export const Broken = (props: { error: unknown }) => {
  console.error(props.error);
  return (
    <div data-density="roomy" class="wrap plain">
      <h1>This page broke</h1>
      <p>{sentenceOf(props.error)} What you sent is safe, and what you have written is kept.</p>
      <p>
        <Button kind="primary" onClick={loadAgain}>
          Load the page again
        </Button>
      </p>
    </div>
  );
};
