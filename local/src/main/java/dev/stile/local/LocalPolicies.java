package dev.stile.local;

import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.audit.Log;
import dev.stile.edge.PolicyReader.Document;
import dev.stile.local.Options.BadOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The policy of the local mode, taken anew whenever its file has changed. One that is broken
/// leaves the last good one in force; both are said in the log.
final class LocalPolicies implements Policies {
  private final @Nullable Path file;
  private final URI base;
  private final Clock clock;
  private final Log log;
  private @Nullable Stamp stamp;
  private volatile Document document;

  /// @throws BadOptions if the first one is broken
  LocalPolicies(@Nullable Path file, URI base, Clock clock, Log log) {
    this.file = file;
    this.base = base;
    this.clock = clock;
    this.log = log;
    this.stamp = file == null ? null : Stamp.of(file);
    this.document = LocalPolicy.document(file, base);
  }

  /// What tells a file from what it was, without reading it.
  private record Stamp(FileTime changed, long size, @Nullable Object key) {
    /// Null where there is none.
    static @Nullable Stamp of(Path file) {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (IOException e) {
        return null;
      }
    }
  }

  @Override
  public Policy current() {
    return document().policy();
  }

  Document document() {
    if (file != null) {
      follow(file);
    }
    return document;
  }

  private synchronized void follow(Path changing) {
    Stamp seen = Stamp.of(changing);
    if (seen == null ? stamp == null : seen.equals(stamp)) {
      return;
    }
    stamp = seen;
    try {
      Document read = LocalPolicy.document(changing, base);
      if (!read.policy().tenant().equals(document.policy().tenant())) {
        throw new BadOptions("the tenant of " + changing + " changes with a restart only");
      }
      document = read;
      log.line(Map.of("time", clock.instant(), "policy", "taken up"));
    } catch (BadOptions e) {
      String why = String.valueOf(e.getMessage());
      log.line(Map.of("time", clock.instant(), "policy", "kept", "why", why));
    }
  }
}
