/** Every route of the workbench's API is defined in this file's folder; the web app imports the types. */
export interface Health {
  readonly version: string;
}
