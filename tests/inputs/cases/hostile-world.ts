import { changeUser } from '../../../api/auth/users.service.ts';
import { publishDefinition } from '../../../api/tracking/definitions.service.ts';
import { workflowSeeds } from '../../../seeds/workflows.ts';
import { createMoves, type Desk, makeStaff, syncMembers } from '../../desk.ts';
import { laptopForm, submit, type World } from '../../factories.ts';
import { payloads, templates } from './payloads.ts';

export const hostile = [...payloads, ...templates];
const [first = '', second = '', third = ''] = payloads;

/** Texts of at most this length that hold all payloads together. */
export const packed = (length: number): string[] => {
  const texts: string[] = [];
  let text = '';
  for (const payload of hostile) {
    if (text && text.length + payload.length >= length) {
      texts.push(text);
      text = '';
    }
    text = text ? `${text} ${payload}` : payload;
  }
  return [...texts, text];
};

export interface HostileWorld extends World {
  /** A ticket whose every text is hostile. */
  story: string;
  rejected: string;
  /** With what was typed in the form of its category. */
  device: string;
}

const renameEverybody = async (desk: Desk, world: World): Promise<void> => {
  for (const [index, { id }] of Object.values(world).entries())
    await changeUser(desk.context.orm.em.fork(), id, { firstName: payloads[index], lastName: payloads[index + 10] });
  await syncMembers(desk);
};

const publishHostile = async (desk: Desk): Promise<void> => {
  for (const seed of workflowSeeds.filter(({ category }) => category === laptopForm.category)) {
    const steps = seed.definition.steps.map((step, index) => ({
      ...step,
      name: payloads[index] ?? '',
      instruction: payloads[index + 10] ?? '',
      transitions: step.transitions.map((transition) => ({ ...transition, name: payloads[index + 15] ?? '' })),
    }));
    await publishDefinition(desk.context.orm.em.fork(), { ...seed, definition: { ...seed.definition, steps } });
  }
};

/** People, a workflow and tickets, all of whose texts would do harm if they were more than text. */
export const makeHostileWorld = async (desk: Desk): Promise<HostileWorld> => {
  const world = await makeStaff(desk);
  await renameEverybody(desk, world);
  await publishHostile(desk);
  const { employee, coordinator, admin, assetManager } = world;
  const moves = createMoves(desk);
  const descriptions = packed(150);
  const numbers: string[] = [];
  for (const [index, subject] of hostile.entries()) {
    const description = descriptions[index % descriptions.length];
    const number = await submit(employee, { ...laptopForm, subject, description });
    await moves.open(number, { actorId: coordinator.id });
    numbers.push(number);
  }
  const [story = ''] = numbers;
  for (const text of packed(500)) {
    await moves.act(story, 'submit', { actorId: admin.id, text });
    await moves.act(story, 'reject', { actorId: assetManager.id, text });
  }
  const rejected = await submit(employee, { ...laptopForm, subject: second });
  await moves.reject(rejected, { actorId: coordinator.id, text: payloads.slice(0, 8).join(' ') });
  const device = await submit(employee, {
    category: 'it_support',
    subject: third,
    description: second.padEnd(10),
    subCategory: 'Technical Assistance',
    deviceType: 'Other',
    otherDevice: first,
    softwareAffected: second,
  });
  return { ...world, story, rejected, device };
};
