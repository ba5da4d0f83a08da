// The order and the plural names of the entity types, as legend and panel show them.

export const TYPES = [
  ['PERSON', 'People'],
  ['ORGANIZATION', 'Organisations'],
  ['PLACE', 'Places'],
  ['GROUP', 'Groups'],
  ['EVENT', 'Events'],
  ['WORK', 'Works'],
  ['PRODUCT', 'Products'],
  ['DATE', 'Dates'],
  ['MONEY', 'Money'],
  ['PERCENT', 'Percentages'],
  ['QUANTITY', 'Quantities'],
];

/** What a type is called in class names and custom properties. */
export const typeClass = (type) => type.toLowerCase();
