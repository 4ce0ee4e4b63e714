import type { Answer } from '../../../api/http/browser.fixture.ts';
import type { Ask } from '../contract.ts';

/** The part of JSON Schema that the API's document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: (string | number | boolean | null)[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  /** `POST /api/helpdesk/tickets`. */
  name: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | null;
  /** False for those that only read. */
  changes: boolean;
}

interface DocumentedOperation {
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

interface ApiDocument {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components?: { schemas?: Record<string, Schema> };
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];

/** Replaces references by what they refer to. */
const resolved = (schema: Schema, named: Record<string, Schema>): Schema => {
  if (schema.$ref) return resolved(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, named);
  const all = (schemas: Schema[]): Schema[] => schemas.map((inner) => resolved(inner, named));
  return {
    ...schema,
    ...(schema.items ? { items: resolved(schema.items, named) } : {}),
    ...(schema.anyOf ? { anyOf: all(schema.anyOf) } : {}),
    ...(schema.oneOf ? { oneOf: all(schema.oneOf) } : {}),
    ...(schema.allOf ? { allOf: all(schema.allOf) } : {}),
    ...(schema.properties
      ? {
          properties: Object.fromEntries(
            Object.entries(schema.properties).map(([name, inner]) => [name, resolved(inner, named)]),
          ),
        }
      : {}),
  };
};

const operationsIn = ({ paths, components }: ApiDocument): Operation[] => {
  const named = components?.schemas ?? {};
  return Object.entries(paths).flatMap(([path, entries]) =>
    Object.entries(entries)
      .filter(([method]) => methods.includes(method))
      .map(([method, { parameters = [], requestBody }]): Operation => {
        const schema = requestBody?.content?.['application/json']?.schema;
        return {
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          parameters: parameters.map((parameter) => ({ ...parameter, schema: resolved(parameter.schema, named) })),
          body: schema ? resolved(schema, named) : null,
          changes: method !== 'get',
        };
      }),
  );
};

/** Every route in the document of the running API. */
export const readOperations = async (ask: (asked: Ask) => Promise<Answer>): Promise<Operation[]> => {
  const { body } = await ask({ path: '/openapi.json' });
  return operationsIn(body);
};
