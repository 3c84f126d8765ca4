package dev.stile.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stile.assurance.Policy;
import dev.stile.edge.Place;
import dev.stile.edge.PolicyReader;
import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The built-in policy, with what a file of one's own changes: its members replace the built-in
/// ones, its actions and routes are added to them. `{base}` stands for where Stile is.
final class LocalPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LocalPolicy() {}

  /// @throws BadOptions if the file cannot be read or is no policy
  static Policy read(@Nullable Path file, URI base) {
    return document(file, base).policy();
  }

  /// The same with the routes of services.
  ///
  /// @throws BadOptions if the file cannot be read or is no policy; the place is told as in the
  ///   file
  static PolicyReader.Document document(@Nullable Path file, URI base) {
    if (file == null) {
      return document(builtIn(), base);
    }
    byte[] own = bytes(file);
    try {
      return document(overlaid(builtIn(), file, own), base);
    } catch (PolicyRefused e) {
      int line = Place.line(own, e.pointer());
      throw new BadOptions(file + ":" + line + ": " + e.getMessage());
    }
  }

  private static PolicyReader.Document document(String text, URI base) {
    return PolicyReader.document(
        text.replace("{base}", base.toString()).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadOptions("the policy " + file + " cannot be read");
    }
  }

  private static String builtIn() {
    try (InputStream in = LocalPolicy.class.getResourceAsStream("policy.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String overlaid(String builtIn, Path file, byte[] document) {
    try {
      ObjectNode merged = (ObjectNode) JSON.readTree(builtIn);
      JsonNode own = JSON.readTree(document);
      if (!(own instanceof ObjectNode object)) {
        throw new BadOptions("the policy " + file + " is not a JSON object");
      }
      ObjectNode before = merged.deepCopy();
      merged.setAll(object);
      add(before, object, merged, "actions");
      add(before, object, merged, "routes");
      return merged.toString();
    } catch (JacksonException e) {
      throw new BadOptions(
          "the policy " + file + " is not JSON (line " + e.getLocation().getLineNr() + ")");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(ObjectNode before, ObjectNode own, ObjectNode merged, String name) {
    if (own.get(name) instanceof ObjectNode added && before.get(name) instanceof ObjectNode all) {
      all.setAll(added);
      merged.set(name, all);
    }
  }
}
