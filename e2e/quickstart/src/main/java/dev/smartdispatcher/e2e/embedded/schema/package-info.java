/**
 * What a CustomResourceDefinition's {@code openAPIV3Schema} does to an object on its way in: unknown fields are pruned,
 * defaults set, the rest validated, and lists merged by the keys that the schema names. Works on Jackson trees and knows
 * nothing of requests or storage.
 */
package dev.smartdispatcher.e2e.embedded.schema;
