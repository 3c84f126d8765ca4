package dev.stile.local;

import dev.stile.edge.PolicyReader.Document;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is made of a policy document, and made anew where the document is another.
final class Following<T> implements Supplier<T> {
  private final Supplier<Document> documents;
  private final Function<Document, T> make;
  private @Nullable Made<T> last;

  Following(Supplier<Document> documents, Function<Document, T> make) {
    this.documents = documents;
    this.make = make;
  }

  private record Made<T>(Document of, T what) {}

  @Override
  public synchronized T get() {
    Document document = documents.get();
    Made<T> made = last;
    if (made == null || !made.of().equals(document)) {
      made = new Made<>(document, make.apply(document));
      last = made;
    }
    return made.what();
  }
}
