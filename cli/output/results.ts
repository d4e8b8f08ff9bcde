import { say } from './say.ts';

/** Options of a command that prints results. */
export interface ResultOptions {
  /** Results as JSON, for programs. */
  json?: boolean;
}

/** Prints the results of a command: text for people, or one JSON object a line for programs. */
export interface Results {
  /**
   * Prints a result.
   * @param fields the JSON object. Programs rely on its names (docs/commands.md)
   * @param text the text for people. Without it, people see nothing
   */
  result(fields: object, text?: string): void;
  /** Prints a text that is for people only. */
  text(line: string): void;
}

export function resultsTo({ json }: ResultOptions): Results {
  return {
    result(fields, text) {
      if (json) say(JSON.stringify(fields));
      else if (text !== undefined) say(text);
    },
    text(line) {
      if (!json) say(line);
    },
  };
}
