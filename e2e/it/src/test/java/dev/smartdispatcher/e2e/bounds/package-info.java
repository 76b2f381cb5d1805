/**
 * Every bound that the CustomResourceDefinitions set, each with a value that breaks it and a value at its edge, derived from
 * the schemas and from one complete sample of each kind; and the words in which an API server refuses.
 */
package dev.smartdispatcher.e2e.bounds;
