import type { StackConfig } from '../api/config.ts';
import type { PortWish } from './ports.ts';

type Settings = Pick<StackConfig, 'METRICS_ADDRESS' | 'WORKERS'>;

/** The setting of one of the processes on this machine: each needs a port of its own. The API's place is 0. */
export const metricsOf = ({ METRICS_ADDRESS }: Settings, place: number): { METRICS_ADDRESS?: string } => {
  if (METRICS_ADDRESS === undefined) return {};
  const colon = METRICS_ADDRESS.lastIndexOf(':');
  const port = Number(METRICS_ADDRESS.slice(colon + 1)) + place;
  return { METRICS_ADDRESS: `${METRICS_ADDRESS.slice(0, colon)}:${port}` };
};

/** The ports on which API and workers show their metrics. */
export const portsOfMetrics = (config: Settings): PortWish[] =>
  Array.from({ length: config.WORKERS + 1 }, (_, place) => metricsOf(config, place).METRICS_ADDRESS)
    .filter((address) => address !== undefined)
    .map((address, place) => ({
      port: Number(address.split(':').at(-1)),
      host: address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, ''),
      setting: 'METRICS_ADDRESS',
      what: place === 0 ? 'the metrics of the API' : 'the metrics of a worker',
    }));
