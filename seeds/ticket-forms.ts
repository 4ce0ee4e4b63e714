import type { Faker } from '@faker-js/faker';
import { assets, costRanges, locations, subCategories } from '../api/helpdesk/catalogue.ts';
import type { Form } from '../api/helpdesk/form.schema.ts';
import type { Category } from '../workflows/ticket/rules/words.ts';
import { checkIns, checkOuts } from './topics/assets.ts';
import { proposals } from './topics/budget.ts';
import { generalRequests } from './topics/general.ts';
import { itProblems } from './topics/it-support.ts';
import { type Filling, fillings, type Topic } from './topics/topic.ts';

export interface FormSettings {
  category: Category;
  /** The ticket's index within its category. Consecutive ones get different sub-categories and topics. */
  index: number;
  today: string;
  requesterName: string;
  faker: Faker;
}

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('A list of seed topics is empty');
  return item;
};

const daysAfter = (today: string, days: number): string => {
  const day = new Date(`${today}T00:00:00.000Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
};

const isFilling = (name: string): name is Filling => name in fillings;

/** Fills each placeholder with one choice, so that subject and description name the same room. */
const filled = ([subject, description]: Topic, faker: Faker): { subject: string; description: string } => {
  const chosen = new Map(Object.entries(fillings).map(([name, words]) => [name, faker.helpers.arrayElement(words)]));
  const fill = (text: string): string => {
    const plain = text.replaceAll(/\{(\w+)\}/g, (hole, name: string) =>
      isFilling(name) ? (chosen.get(name) ?? hole) : hole,
    );
    return plain.charAt(0).toUpperCase() + plain.slice(1);
  };
  return { subject: fill(subject), description: fill(description) };
};

const common = (topic: Topic, { faker, today }: FormSettings) => ({
  ...filled(topic, faker),
  ...faker.helpers.maybe(() => ({ scheduledDate: daysAfter(today, faker.number.int({ min: 1, max: 30 })) }), {
    probability: 0.3,
  }),
});

const itSupport = (settings: FormSettings): Form => {
  const { index, faker } = settings;
  const subCategory = at(subCategories.it_support, index);
  const { devices, software, topics } = itProblems[subCategory];
  const topic = at(topics, Math.floor(index / subCategories.it_support.length) + index);
  const deviceType = faker.helpers.arrayElement(devices);
  return {
    category: 'it_support',
    ...common(topic, settings),
    subCategory,
    deviceType,
    ...(deviceType === 'Other'
      ? { otherDevice: faker.helpers.arrayElement(['Work phone', 'Tablet', 'Desktop computer']) }
      : {}),
    ...(software.length > 0 ? { softwareAffected: faker.helpers.arrayElement(software) } : {}),
  };
};

const assetOf = (type: string, faker: Faker) => ({
  serial: faker.helpers.arrayElement(assets.filter((asset) => asset.type === type)).serial,
  location: faker.helpers.arrayElement(locations),
});

const assetCheckIn = (settings: FormSettings): Form => {
  const { index, faker } = settings;
  const subCategory = at(subCategories.asset_check_in, index);
  const { issue, other, topic } = at(checkIns[subCategory], Math.floor(index / subCategories.asset_check_in.length));
  return {
    category: 'asset_check_in',
    ...common(topic, settings),
    subCategory,
    ...assetOf(subCategory, faker),
    issueType: issue,
    ...(other ? { otherIssue: other } : {}),
  };
};

const assetCheckOut = (settings: FormSettings): Form => {
  const { index, faker, today } = settings;
  const subCategory = at(subCategories.asset_check_out, index);
  const topic = at(checkOuts[subCategory], Math.floor(index / subCategories.asset_check_out.length));
  const shared = common(topic, settings);
  return {
    category: 'asset_check_out',
    ...shared,
    subCategory,
    ...assetOf(subCategory, faker),
    expectedReturnDate: daysAfter(shared.scheduledDate ?? today, faker.number.int({ min: 2, max: 60 })),
  };
};

const budgetProposal = (settings: FormSettings): Form => {
  const { index, faker, today, requesterName } = settings;
  const subCategory = at(subCategories.budget_proposal, index);
  const { topics, items } = proposals[subCategory];
  const start = faker.number.int({ min: 7, max: 60 });
  // Without the largest ranges, because hardly anybody asks for so much.
  const ranges = costRanges.slice(0, 4).map((range) => range.code);
  return {
    category: 'budget_proposal',
    ...common(at(topics, Math.floor(index / subCategories.budget_proposal.length)), settings),
    subCategory,
    items: faker.helpers
      .arrayElements<(typeof items)[number]>(items, { min: 1, max: 3 })
      .map(([costElement, description]) => ({
        costElement,
        estimatedCost: faker.helpers.arrayElement(ranges),
        description,
      })),
    performanceStart: daysAfter(today, start),
    performanceEnd: daysAfter(today, start + faker.number.int({ min: 30, max: 365 })),
    preparedBy: requesterName,
  };
};

/** A form that the help desk's own schema accepts. */
export const fillForm = (settings: FormSettings): Form => {
  switch (settings.category) {
    case 'it_support':
      return itSupport(settings);
    case 'asset_check_in':
      return assetCheckIn(settings);
    case 'asset_check_out':
      return assetCheckOut(settings);
    case 'budget_proposal':
      return budgetProposal(settings);
    case 'general_request':
      return { category: 'general_request', ...common(at(generalRequests, settings.index), settings) };
  }
};
