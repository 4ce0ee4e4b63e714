import { Title } from '../ui/title.tsx';
import { CategoryCards } from './category-cards.tsx';
import { Crumbs } from './crumbs.tsx';

export default function ChoosePage() {
  return (
    <div class="wrap page">
      <Title of="New ticket" system="Help Desk" />
      <Crumbs parents={[['Home', '/help']]} here="New ticket" />
      <h1>What is it about?</h1>
      <p class="lead">Each has its own short form.</p>
      <CategoryCards />
    </div>
  );
}
