package dev.stile.audit;

import java.util.Map;

/// Where one line per request or message goes. Fields never hold personal data or secrets; what is
/// written is one JSON object on one line.
@FunctionalInterface
public interface Log {
  void line(Map<String, Object> fields);
}
