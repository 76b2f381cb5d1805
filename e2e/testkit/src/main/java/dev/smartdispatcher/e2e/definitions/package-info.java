/** The CustomResourceDefinitions that the project ships. */
package dev.smartdispatcher.e2e.definitions;
