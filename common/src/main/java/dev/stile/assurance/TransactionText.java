package dev.stile.assurance;

import dev.stile.challenge.Binding;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts a transaction into the one line that the user is shown. A member that the template does not
/// show is refused, so that what is signed is what was seen.
public final class TransactionText {
  private static final int MAX_LENGTH = 480;
  private static final Pattern MEMBER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");

  private static final Pattern FURTHER_MEMBER = Pattern.compile(",\\s+[A-Za-z][A-Za-z0-9_]*:");

  private TransactionText() {}

  /// @throws IllegalArgumentException if the binding does not fit the action
  public static String of(Action action, Binding binding) {
    if (action.display().bindingRequired() && binding.isEmpty()) {
      throw new IllegalArgumentException("this action needs a binding");
    }
    String template = action.display().template();
    String text = template == null ? verbatim(action, binding) : fill(template, binding);
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("the binding takes over 480 characters to show");
    }
    return text;
  }

  private static String verbatim(Action action, Binding binding) {
    String members =
        binding.members().entrySet().stream()
            .map(TransactionText::phrase)
            .collect(Collectors.joining(", "));
    return members.isEmpty() ? action.name() : action.name() + " (" + members + ")";
  }

  /// A value must not read like a further member, or two transactions would look alike.
  private static String phrase(Map.Entry<String, String> member) {
    if (FURTHER_MEMBER.matcher(member.getValue()).find()) {
      throw new IllegalArgumentException(member.getKey() + " reads like a further member");
    }
    return member.getKey() + ": " + member.getValue();
  }

  private static String fill(String template, Binding binding) {
    Set<String> shown = new HashSet<>();
    Matcher matcher = MEMBER.matcher(template);
    var text = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = binding.members().get(name);
      if (value == null) {
        throw new IllegalArgumentException("the binding lacks " + name);
      }
      shown.add(name);
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(text);
    binding.members().keySet().stream()
        .filter(name -> !shown.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(name + " is not shown to the user");
        });
    return text.toString();
  }
}
